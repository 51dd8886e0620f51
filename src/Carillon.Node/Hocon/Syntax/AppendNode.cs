namespace Carillon.Node.Hocon.Syntax;

/// <summary>The right side of <c>+=</c>: one more element for the list that the field has so far.</summary>
internal sealed class AppendNode(HoconNode item, HoconOrigin origin) : HoconNode(origin)
{
    public HoconNode Item { get; } = item;
}
