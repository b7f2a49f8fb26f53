<#-- Statements as a whole: what they are, and the heads of those that are about schema objects. -->

/** One statement to its end, with semicolons behind it. */
Outline StatementEof() :
{
    final Outline out = new Outline();
}
{
    Statement(out)
    ( <SEMICOLON> )*
    <EOF>
    { return out; }
}

void Statement(Outline out) :
{}
{
    (
        LOOKAHEAD({ Outline.isWord(getToken(1), "UPGRADE") })
        Upgrade(out)
    |
        LOOKAHEAD({ out.isSchemaVerb(getToken(1)) })
        SchemaHead(out)
    |
        LOOKAHEAD({ Outline.isWord(getToken(1), "EXPLAIN") })
        Explain(out)
    |
        LOOKAHEAD({ Outline.isWord(getToken(1), "TRUNCATE") && !Outline.isWord(getToken(2), "(") })
        Truncate(out)
    |
        LOOKAHEAD({ out.isOther(getToken(1)) })
        { out.add(getToken(1).image.toUpperCase(Locale.ROOT)); }
        Skip(null)
    |
        LOOKAHEAD({ isChange() })
        [ WithList() { out.add("with"); } ]
        Change(out)
    |
        OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) { out.add("QUERY"); }
        [ <FOR> Skip(null) { out.add("locks"); } ]
    )
}

/** Whether a change stands here, behind WITH name AS (...) or not. */
JAVACODE boolean isChange() {
    int depth = 0;
    for (int i = 1; getToken(i).kind != EOF; i++) {
        org.batonjdbc.driver.sql.parser.Token token = getToken(i);
        depth += Outline.isWord(token, "(") ? 1 : Outline.isWord(token, ")") ? -1 : 0;
        if (depth == 0 && Outline.isChangeVerb(token)) {
            return true;
        }
        if (i == 1 && !Outline.isWord(token, "WITH")) {
            return false;
        }
        if (depth == 0 && (Outline.isWord(token, "SELECT") || Outline.isWord(token, "VALUES"))) {
            return false;
        }
    }
    return false;
}

/** Takes the next token, which must be this word. */
JAVACODE void Word(String word) {
    if (!Outline.isWord(getToken(1), word)) {
        throw generateParseException();
    }
    getNextToken();
}

/** Takes everything up to a word outside of brackets, or up to the statement's end. */
JAVACODE void Skip(String word) {
    int depth = 0;
    while (getToken(1).kind != EOF) {
        org.batonjdbc.driver.sql.parser.Token token = getToken(1);
        if (depth == 0 && (Outline.isWord(token, ";") || word != null && Outline.isWord(token, word))) {
            return;
        }
        depth += Outline.isWord(token, "(") ? 1 : Outline.isWord(token, ")") ? -1 : 0;
        if (depth < 0) {
            throw generateParseException();
        }
        getNextToken();
    }
}

/** CREATE, ALTER, DROP and so on up to the object's name; what follows is the engine's to understand. */
void SchemaHead(Outline out) :
{}
{
    { SchemaWords(out); }
    [
        LOOKAHEAD({ Outline.isWord(getToken(1), "IF") })
        Word("IF") [ <NOT> ] <EXISTS>
    ]
    [
        LOOKAHEAD({ Outline.mayBeName(getToken(1)) })
        SchemaName(out)
    ]
    Skip(null)
}

JAVACODE void SchemaWords(Outline out) {
    String verb = getNextToken().image.toUpperCase(Locale.ROOT);
    while (getToken(1).kind != EOF && !Outline.isWord(getToken(1), "(")) {
        String word = getNextToken().image.toUpperCase(Locale.ROOT);
        if (Outline.isObject(word) && !Outline.isObject(getToken(1).image.toUpperCase(Locale.ROOT))) {
            out.add(verb + " " + word);
            return;
        }
    }
    out.add(verb);
}

void SchemaName(Outline out) :
{
    final SqlIdentifier name;
}
{
    name = CompoundIdentifier() { out.name(name); }
}

void Truncate(Outline out) :
{
    final SqlIdentifier name;
}
{
    { getNextToken(); out.add("TRUNCATE"); }
    [ <TABLE> ]
    name = CompoundTableIdentifier() { out.name(name); }
    Skip(null)
}

void Explain(Outline out) :
{}
{
    Word("EXPLAIN")
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "PLAN") }) Word("PLAN") <FOR> ]
    [ LOOKAHEAD({ Outline.isWord(getToken(1), "ANALYZE") }) Word("ANALYZE") ]
    Statement(out)
}

/** PostgreSQL's and H2's value::type. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType()
    {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(type);
    }
}

<#-- What stock Calcite leaves to each parser to define, all empty here. -->
