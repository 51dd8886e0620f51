namespace Carillon.Node.Hocon;

/// <summary>
/// A value of a resolved document: a <see cref="HoconObject"/>, <see cref="HoconArray"/> or <see cref="HoconScalar"/>.
/// Immutable; values are shared between the places a substitution put them.
/// </summary>
public abstract class HoconValue
{
    private protected HoconValue(HoconOrigin origin, IReadOnlyCollection<HoconValue> children)
    {
        Origin = origin;
        foreach (var child in children)
        {
            Depth = Math.Max(Depth, child.Depth + 1);
            Count += child.Count;
        }

        if (Depth > HoconLimits.Nesting)
        {
            throw new HoconException(origin, $"values nest deeper than {HoconLimits.Nesting} levels");
        }

        if (Count > HoconLimits.Values)
        {
            throw new HoconException(origin, $"the document has more than {HoconLimits.Values} values");
        }
    }

    /// <summary>Where the value was written; for a merged object, its first part.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>Levels below this value.</summary>
    internal int Depth { get; }

    /// <summary>This value and all below it.</summary>
    internal long Count { get; } = 1;

    /// <summary>What the value is, for messages: <c>an object</c>, <c>a list</c>, …</summary>
    internal abstract string KindName { get; }
}
