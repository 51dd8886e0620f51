namespace Carillon.Node.Hocon.Syntax;

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="path">The path as written.</param>
/// <param name="prefix">
/// Where the file was included: the path is looked up below it first and from the root second. Empty for the root file.
/// </param>
/// <param name="isOptional">Whether an unknown path means "no value" rather than an error.</param>
/// <param name="origin">Where the substitution begins.</param>
internal sealed class SubstitutionNode(
    HoconPath path, HoconPath prefix, bool isOptional, HoconOrigin origin) : HoconNode(origin)
{
    public HoconPath Path { get; } = path;

    public HoconPath Prefix { get; } = prefix;

    public bool IsOptional { get; } = isOptional;

    /// <summary>As written.</summary>
    public override string ToString() => $"${{{(IsOptional ? "?" : string.Empty)}{Path}}}";
}
