using Carillon.Node.Hocon.Resolution;

namespace Carillon.Node.Hocon.Syntax;

/// <summary>An object as written: for each key all values assigned to it, in order.</summary>
internal sealed class ObjectNode(HoconOrigin origin) : HoconNode(origin), IFieldSource
{
    private readonly OrderedDictionary<string, List<HoconNode>> _fields = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _fields.Keys;

    /// <summary>Assigns <paramref name="value"/> to the field at <paramref name="path"/>.</summary>
    public void Assign(HoconPath path, HoconNode value)
    {
        var target = this;
        foreach (var key in path.Keys.Take(path.Keys.Count - 1))
        {
            target = target.ObjectAt(key, value.Origin);
        }

        target.Assign(path.Keys[^1], value);
    }

    /// <summary>Assigns all that <paramref name="other"/> assigns, as if written here.</summary>
    public void Merge(ObjectNode other)
    {
        foreach (var (key, values) in other._fields)
        {
            foreach (var value in values)
            {
                Assign(key, value);
            }
        }
    }

    public void AddValues(string key, List<HoconNode> values)
    {
        if (_fields.TryGetValue(key, out var own))
        {
            values.AddRange(own);
        }
    }

    private void Assign(string key, HoconNode value)
    {
        var values = ValuesOf(key);
        if (value is ObjectNode added && values is [.., ObjectNode last])
        {
            last.Merge(added);
        }
        else
        {
            values.Add(value);
        }
    }

    private ObjectNode ObjectAt(string key, HoconOrigin origin)
    {
        var values = ValuesOf(key);
        if (values is not [.., ObjectNode child])
        {
            child = new ObjectNode(origin);
            values.Add(child);
        }

        return child;
    }

    private List<HoconNode> ValuesOf(string key)
    {
        if (!_fields.TryGetValue(key, out var values))
        {
            values = [];
            _fields.Add(key, values);
        }

        return values;
    }
}
