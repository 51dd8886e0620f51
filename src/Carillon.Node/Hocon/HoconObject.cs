namespace Carillon.Node.Hocon;

/// <summary>Fields in the order in which their keys first appear.</summary>
public sealed class HoconObject : HoconValue
{
    internal HoconObject(OrderedDictionary<string, HoconValue> fields, HoconOrigin origin)
        : base(origin, fields.Values) => Fields = fields;

    /// <summary>The fields by key; keys are case-sensitive.</summary>
    public IReadOnlyDictionary<string, HoconValue> Fields { get; }

    internal override string KindName => "an object";
}
