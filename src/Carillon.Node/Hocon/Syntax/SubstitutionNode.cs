namespace Carillon.Node.Hocon.Syntax;

/// <summary><c>${path}</c>, <c>${?path}</c>, <c>${path[]}</c> or <c>${?path[]}</c>.</summary>
/// <param name="path">The path.</param>
/// <param name="prefix">
/// The path of the object that included the file; the path is looked up below it first, then from the root.
/// </param>
/// <param name="origin">Where the substitution begins.</param>
internal sealed class SubstitutionNode(HoconPath path, HoconPath prefix, HoconOrigin origin) : HoconNode(origin)
{
    public HoconPath Path { get; } = path;

    public HoconPath Prefix { get; } = prefix;

    /// <summary>Whether an unknown path means "no value" rather than an error.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>Whether an unknown path stands for the environment variables <c>path_0</c>, <c>path_1</c> and so on.</summary>
    public required bool IsList { get; init; }

    /// <summary>As written.</summary>
    public override string ToString() =>
        $"${{{(IsOptional ? "?" : string.Empty)}{Path}{(IsList ? "[]" : string.Empty)}}}";
}
