namespace Carillon.Node.Hocon.Syntax;

internal sealed class ArrayNode(IReadOnlyList<HoconNode> items, HoconOrigin origin) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}
