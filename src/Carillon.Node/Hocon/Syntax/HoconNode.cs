namespace Carillon.Node.Hocon.Syntax;

/// <summary>A value as written, before substitution.</summary>
internal abstract class HoconNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;

    /// <summary>
    /// The resolver's depth while it evaluates this node, otherwise 0. A substitution that meets a node under
    /// evaluation refers to itself and looks back to the values assigned before.
    /// </summary>
    public int BusyAtDepth { get; set; }
}
