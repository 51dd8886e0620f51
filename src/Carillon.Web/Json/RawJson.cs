namespace Carillon.Web;

/// <summary>JSON that is passed on as it is.</summary>
/// <param name="Text">The JSON.</param>
internal sealed record RawJson(string Text)
{
    /// <summary>Wraps a text; null stays null.</summary>
    public static RawJson? Of(string? text)
    {
        return text is null ? null : new RawJson(text);
    }
}
