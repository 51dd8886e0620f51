namespace Carillon.Node.Hocon.Syntax;

/// <summary>A string, number, boolean or null.</summary>
/// <param name="value">The value.</param>
/// <param name="isBlank">Unquoted white space between two joined values: kept in strings only.</param>
internal sealed class LiteralNode(HoconScalar value, bool isBlank = false) : HoconNode(value.Origin)
{
    public HoconScalar Value { get; } = value;

    public bool IsBlank { get; } = isBlank;
}
