namespace Carillon.Node.Hocon;

/// <summary>A list.</summary>
public sealed class HoconArray : HoconValue
{
    internal HoconArray(IReadOnlyList<HoconValue> items, HoconOrigin origin)
        : base(origin, items) => Items = items;

    /// <summary>The elements in order.</summary>
    public IReadOnlyList<HoconValue> Items { get; }

    internal override string KindName => "a list";
}
