using Carillon.Node.Hocon.Resolution;
using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon;

/// <summary>Collects single values, each with an origin of its own, below one root key.</summary>
internal sealed class ConfigLayerBuilder(string section)
{
    private readonly ObjectNode _root = new(HoconOrigin.Of(section));
    private readonly List<ConfigProblem> _problems = [];

    /// <summary>Sets the value at a path below the root key; a later value replaces an earlier one.</summary>
    public void Add(IReadOnlyList<string> keys, string value, HoconOrigin origin)
    {
        if (keys.Count is 0 or >= HoconLimits.Nesting)
        {
            Refuse(origin, $"names no key: write 1 to {HoconLimits.Nesting - 1} names below {section}");
            return;
        }

        _root.Assign(new HoconPath([section, .. keys]), new LiteralNode(HoconScalar.String(value, origin)));
    }

    /// <summary>Notes that something cannot be read.</summary>
    /// <param name="origin">What begins the sentence.</param>
    /// <param name="what">The rest of it.</param>
    public void Refuse(HoconOrigin origin, string what)
    {
        _problems.Add(new ConfigProblem(string.Empty, origin, $"{origin} {what}"));
    }

    /// <summary>All values and all problems.</summary>
    public FlatConfig Flatten(ConfigSchema schema)
    {
        var flat = schema.Flatten(HoconResolver.Resolve(_root, static _ => null));
        return flat with { Problems = [.. _problems, .. flat.Problems] };
    }
}
