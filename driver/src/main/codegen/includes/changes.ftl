<#-- Statements that change rows, with what the engines know and stock Calcite refuses. -->

void Change(Outline out) :
{}
{
    (
        LOOKAHEAD({ Outline.isWord(getToken(1), "INSERT") })
        Word("INSERT") Modifiers() [ <INTO> ] Target(out, "INSERT") Rows(out)
    |
        LOOKAHEAD({ Outline.isWord(getToken(1), "REPLACE") })
        Word("REPLACE") Modifiers() [ <INTO> ] Target(out, "INSERT") { out.add("replaces"); } Rows(out)
    |
        LOOKAHEAD({ Outline.isWord(getToken(1), "UPDATE") })
        Word("UPDATE") Modifiers() Top(out) Target(out, "UPDATE") Update(out)
    |
        LOOKAHEAD({ Outline.isWord(getToken(1), "DELETE") })
        Word("DELETE") Modifiers() Top(out) [ <FROM> ] Target(out, "DELETE") Delete(out)
    |
        Word("MERGE") <INTO> Merge(out)
    )
}

/** Words of MariaDB's about when and how, not what. */
JAVACODE void Modifiers() {
    while (Outline.isModifier(getToken(1)) && Outline.mayBeName(getToken(2))) {
        getNextToken();
    }
}

void Top(Outline out) :
{}
{
    [
        LOOKAHEAD({ Outline.isWord(getToken(1), "TOP") })
        Word("TOP") ( <UNSIGNED_INTEGER_LITERAL> | <HOOK> | <LPAREN> Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> )
        { out.limit(); }
    ]
}

void Target(Outline out, String verb) :
{
    final SqlIdentifier name;
}
{
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "ONLY") }) Word("ONLY") ]
    name = CompoundTableIdentifier() { out.add(verb); out.name(name); }
    [ <STAR> ]
    [
        LOOKAHEAD({ Outline.isAlias(getToken(1)) })
        [ <AS> ] SimpleIdentifier() { out.add("alias"); }
    ]
}

/** From the target of an INSERT on: columns, key, where the rows come from, and what if one is there already. */
void Rows(Outline out) :
{
    final SqlNode source;
    int count;
}
{
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "(") && !Outline.opensQuery(getToken(2)) }) Columns(out, "columns") ]
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "KEY") }) Word("KEY") Columns(out, "key") ]
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "OVERRIDING") }) Word("OVERRIDING") { getNextToken(); } <VALUE> ]
    (
        LOOKAHEAD({ Outline.isWord(getToken(1), "DEFAULT") })
        Word("DEFAULT") <VALUES> { out.add("defaults"); }
    |
        LOOKAHEAD({ Outline.isWord(getToken(1), "SET") })
        <SET> count = Assignments() { out.add("columns " + count); out.add("rows 1"); }
    |
        LOOKAHEAD({ true })
        [ LOOKAHEAD({ Outline.isWord(getToken(1), "DIRECT") }) Word("DIRECT") ]
        [ LOOKAHEAD({ Outline.isWord(getToken(1), "SORTED") }) Word("SORTED") ]
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) { out.source(source); }
    )
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "ON") }) <ON> Conflict() { out.add("conflict"); } ]
    Returning(out)
}

void Columns(Outline out, String word) :
{
    int count = 0;
}
{
    <LPAREN>
    [ CompoundIdentifier() { count++; } ( <COMMA> CompoundIdentifier() { count++; } )* ]
    <RPAREN>
    { if (count > 0) { out.add(word + " " + count); } }
}

JAVACODE void Conflict() {
    if (!Outline.isWord(getToken(1), "CONFLICT") && !Outline.isWord(getToken(1), "DUPLICATE")) {
        throw generateParseException();
    }
    Skip("RETURNING");
}

void Update(Outline out) :
{
    final int count;
}
{
    <SET> count = Assignments() { out.add("set " + count); }
    [ <FROM> FromClause() { out.add("from"); } ]
    Tail(out)
}

int Assignments() :
{
    int count = 0;
}
{
    Assignment() { count++; }
    ( <COMMA> Assignment() { count++; } )*
    { return count; }
}

void Assignment() :
{}
{
    (
        <LPAREN> CompoundIdentifier() ( <COMMA> CompoundIdentifier() )* <RPAREN>
    |
        CompoundIdentifier()
    )
    <EQ>
    (
        LOOKAHEAD({ Outline.isWord(getToken(1), "DEFAULT") })
        Word("DEFAULT")
    |
        Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
}

void Delete(Outline out) :
{}
{
    [ <USING> FromClause() { out.add("using"); } ]
    Tail(out)
}

/** What may end an UPDATE or a DELETE. */
void Tail(Outline out) :
{}
{
    [ Where() { out.add("where"); } ]
    [ OrderBy(true) { out.add("orderBy"); } ]
    [ LOOKAHEAD({ Outline.isLimit(getToken(1)) }) Skip("RETURNING") { out.limit(); } ]
    Returning(out)
}

void Returning(Outline out) :
{}
{
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "RETURNING") }) Word("RETURNING") Skip(null) { out.add("returning"); } ]
}

void Merge(Outline out) :
{
    int count = 0;
}
{
    Target(out, "MERGE")
    (
        <USING> TableRef() <ON> Expression(ExprContext.ACCEPT_SUB_QUERY)
        ( Branch() { count++; } )+
        { out.add("branches " + count); }
        Returning(out)
    |
        { out.replaces(); }
        Rows(out)
    )
}

void Branch() :
{}
{
    <WHEN> [ <NOT> ] <MATCHED>
    [ <BY> { getNextToken(); } ]
    [ <AND> Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    <THEN>
    (
        <UPDATE> <SET> Assignments() [ Where() ]
        [ LOOKAHEAD({ Outline.isWord(getToken(1), "DELETE") }) <DELETE> [ Where() ] ]
    |
        <DELETE>
    |
        <INSERT> [ ParenthesizedSimpleIdentifierList() ]
        ( <VALUES> RowConstructor() | Word("DEFAULT") <VALUES> )
    |
        Word("DO") Word("NOTHING")
    )
}
