namespace Carillon.Node.Hocon.Syntax;

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text; of a quoted string its content, decoded.</param>
/// <param name="Blanks">The white space before it on its line: it counts between joined values.</param>
/// <param name="Origin">Where it begins.</param>
internal readonly record struct HoconToken(HoconTokenKind Kind, string Text, string Blanks, HoconOrigin Origin)
{
    private const int ShownCharacters = 40;

    /// <summary>The token as an error message names it.</summary>
    public string Description => Kind switch
    {
        HoconTokenKind.End => "the end of the file",
        HoconTokenKind.Newline => "the end of the line",
        HoconTokenKind.Quoted => $"\"{Shortened}\"",
        _ => $"'{Shortened}'",
    };

    private string Shortened => Text.Length <= ShownCharacters ? Text : Text[..ShownCharacters] + "…";
}
