using System.Globalization;

namespace Carillon.Node.Hocon;

/// <summary>Where a value was written.</summary>
/// <param name="File">
/// The file as the user named it (an included file: relative to the including one), or a description such as
/// <c>environment variable X</c>.
/// </param>
/// <param name="Line">Line, from 1; 0 when the source has no lines.</param>
/// <param name="Column">Column in UTF-16 units, from 1; 0 when the source has no lines.</param>
public sealed record HoconOrigin(string File, int Line, int Column)
{
    /// <summary>An origin without lines, such as a missing file or an environment variable.</summary>
    public static HoconOrigin Of(string description) => new(description, 0, 0);

    /// <summary><c>file:line</c>, or the description alone when there are no lines.</summary>
    public override string ToString() =>
        Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
