namespace Carillon.Node.Hocon.Syntax;

internal enum HoconTokenKind
{
    End,
    Newline,
    Comma,
    Colon,
    Equals,
    PlusEquals,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Quoted,
    Unquoted,

    /// <summary><c>${</c> or <c>${?</c>; path and closing brace follow as tokens.</summary>
    SubstitutionStart,
}
