namespace Carillon.Node.Hocon.Syntax;

/// <summary>An <c>include</c> as written.</summary>
/// <param name="Name">The file name.</param>
/// <param name="IsRequired">Whether a missing file is an error.</param>
/// <param name="Origin">Where the statement begins.</param>
internal sealed record IncludeStatement(string Name, bool IsRequired, HoconOrigin Origin);
