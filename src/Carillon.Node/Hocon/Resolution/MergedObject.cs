using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon.Resolution;

/// <summary>Objects merged into one; its fields are evaluated only when asked for.</summary>
internal sealed class MergedObject : IFieldSource
{
    private readonly IReadOnlyList<IFieldSource> _layers;
    private readonly Dictionary<string, Field?> _fields = new(StringComparer.Ordinal);
    private readonly int _height;
    private IReadOnlyList<string>? _keys;

    /// <param name="layers">The objects, later ones winning; at least one.</param>
    /// <exception cref="HoconException">The object is merged from merged objects too many times over.</exception>
    public MergedObject(IReadOnlyList<IFieldSource> layers)
    {
        _layers = layers;
        Origin = layers[0].Origin;
        _height = 1 + layers.Max(layer => layer is MergedObject merged ? merged._height : 0);
        if (_height > HoconLimits.ResolutionDepth)
        {
            throw new HoconException(Origin, HoconLimits.ResolutionTooDeep);
        }
    }

    public HoconOrigin Origin { get; }

    public IEnumerable<string> Keys =>
        _keys ??= [.. _layers.SelectMany(layer => layer.Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether its final value is being built; to need it then is a cycle.</summary>
    public bool IsResolving { get; set; }

    /// <summary>The final value, once that is known for good.</summary>
    public HoconObject? Resolved { get; set; }

    /// <summary>The field, or null when no layer has it.</summary>
    public Field? FieldAt(string key)
    {
        if (!_fields.TryGetValue(key, out var field))
        {
            var values = new List<HoconNode>();
            foreach (var layer in _layers)
            {
                layer.AddValues(key, values);
            }

            field = values.Count == 0 ? null : new Field(values);
            _fields.Add(key, field);
        }

        return field;
    }

    public void AddValues(string key, List<HoconNode> values)
    {
        if (FieldAt(key) is { } field)
        {
            values.Add(new FieldReferenceNode(field));
        }
    }
}
