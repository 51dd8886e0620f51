namespace Carillon.Node.Hocon.Syntax;

/// <summary>Where a text is read from and where its fields end up.</summary>
/// <param name="File">The file as messages name it.</param>
/// <param name="Directory">The directory that its includes are relative to; null when it may not include.</param>
/// <param name="Prefix">The path of the object that includes the file; empty for the root file.</param>
/// <param name="Nesting">Levels around the text.</param>
internal sealed record HoconScope(string File, string? Directory, HoconPath Prefix, int Nesting);
