namespace Carillon.Node.Hocon.Resolution;

/// <summary>
/// What a node or field evaluates to: a final value, an object whose fields are not evaluated yet, or nothing.
/// </summary>
internal readonly record struct PartialValue(HoconValue? Value, MergedObject? Object)
{
    public static PartialValue Undefined { get; }

    public bool IsUndefined => Value is null && Object is null;

    public string KindName => Object is not null ? "an object" : Value?.KindName ?? "undefined";

    public static implicit operator PartialValue(HoconValue value) => new(value, null);

    public static implicit operator PartialValue(MergedObject value) => new(null, value);
}
