<#-- Baton's own statements. The driver reads them without this parser, which takes long to load; tests see to it that both agree. -->

void Upgrade(Outline out) :
{
    final String verb;
}
{
    Word("UPGRADE")
    { verb = getNextToken().image.toUpperCase(Locale.ROOT); out.add("UPGRADE " + verb); }
    (
        LOOKAHEAD({ verb.equals("CHECK") })
        UpgradeTo()
    |
        LOOKAHEAD({ verb.equals("START") })
        UpgradeTo() UpgradeWith()
    |
        LOOKAHEAD({ verb.equals("WAIT") })
        <FOR> SimpleIdentifier() UpgradeWith()
    |
        LOOKAHEAD({ verb.equals("VERIFY") || verb.equals("REPAIR") })
        [ <TABLE> CompoundIdentifier() ( <COMMA> CompoundIdentifier() )* ] UpgradeWith()
    |
        LOOKAHEAD({ verb.equals("SWITCH") || verb.equals("REVERSE") })
        [ LOOKAHEAD({ Outline.isWord(getToken(1), "DRY") }) Word("DRY") Word("RUN") ] UpgradeWith()
    |
        { if (!Outline.isPlainUpgrade(verb)) { throw generateParseException(); } }
    )
}

void UpgradeTo() :
{}
{
    [ <TO> <QUOTED_STRING> ]
}

void UpgradeWith() :
{}
{
    [
        <WITH> <LPAREN> UpgradeOption() ( <COMMA> UpgradeOption() )* <RPAREN>
    ]
}

void UpgradeOption() :
{}
{
    SimpleIdentifier() <EQ>
    (
        <QUOTED_STRING>
    |
        [ <PLUS> | <MINUS> ] ( <UNSIGNED_INTEGER_LITERAL> | <DECIMAL_NUMERIC_LITERAL> ) [ SimpleIdentifier() ]
    |
        SimpleIdentifier()
    )
}
