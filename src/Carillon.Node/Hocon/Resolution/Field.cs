using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon.Resolution;

/// <summary>A field of a merged object.</summary>
/// <param name="values">All values assigned to it, oldest first; at least one.</param>
internal sealed class Field(IReadOnlyList<HoconNode> values)
{
    public IReadOnlyList<HoconNode> Values { get; } = values;

    public HoconOrigin Origin => Values[^1].Origin;

    /// <summary>What the values merge to, once that is known for good.</summary>
    public PartialValue? Merged { get; set; }

    /// <summary>The index of the first value under evaluation; the number of values when there is none.</summary>
    public int FirstBusy()
    {
        var index = 0;
        while (index < Values.Count && Values[index].BusyAtDepth == 0)
        {
            index++;
        }

        return index;
    }
}
