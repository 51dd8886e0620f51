namespace Carillon.Node.Hocon.Syntax;

/// <summary>Values side by side on one line, blanks between them included.</summary>
internal sealed class ConcatenationNode(IReadOnlyList<HoconNode> parts) : HoconNode(parts[0].Origin)
{
    public IReadOnlyList<HoconNode> Parts { get; } = parts;
}
