using System.Collections;
using Carillon.Node.Hocon.Schema;
using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon;

/// <summary>
/// A configuration in three layers: a file, environment variables that begin with <c>CARILLON__</c>, and single
/// settings <c>KEY=VALUE</c>. Later layers win, key by key. Each value knows where it was written.
/// </summary>
/// <remarks>
/// In variables <c>__</c> separates the names of a path: <c>CARILLON__NODE__ROLES__0</c>. Settings may leave the section
/// out: <c>node.roles.0=a</c>. Names compare without case, '-' and '_'; values are written as in HOCON, unquoted.
/// </remarks>
public sealed class LayeredConfig
{
    private const string VariablePrefix = "CARILLON__";

    private readonly Dictionary<string, ConfigValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ConfigProblem> _problems = [];

    private LayeredConfig(IEnumerable<FlatConfig> layers)
    {
        foreach (var layer in layers)
        {
            _problems.AddRange(layer.Problems);
            foreach (var (key, value) in layer.Values)
            {
                _values[key] = value;
            }
        }
    }

    /// <summary>All problems, layer by layer; values with a problem are missing.</summary>
    public IReadOnlyList<ConfigProblem> Problems => _problems;

    /// <summary>The values by configuration key, as <see cref="FlatConfig.Values"/> has them.</summary>
    public IReadOnlyDictionary<string, ConfigValue> Values => _values;

    /// <summary>Reads all layers.</summary>
    /// <param name="schema">What they may contain.</param>
    /// <param name="section">The root key of variables and settings.</param>
    /// <param name="file">The file; messages name it as given here.</param>
    /// <param name="variables">The environment, also for substitutions that the file does not define.</param>
    /// <param name="settings">Items of the form <c>KEY=VALUE</c>; of equal keys the last one counts.</param>
    public static LayeredConfig Read(
        ConfigSchema schema, string section, string file, IDictionary variables, IReadOnlyList<string> settings)
    {
        return new LayeredConfig(
        [
            ReadFile(schema, file, name => variables[name] as string),
            ReadVariables(schema, section, variables),
            ReadSettings(schema, section, settings),
        ]);
    }

    /// <summary>
    /// Where a value was written, or the nearest thing around it that was; null when nothing in its part of the
    /// configuration was.
    /// </summary>
    /// <param name="path">The path as configuration files write it: <c>carillon.jobs.2.retry.wait-min</c>.</param>
    public HoconOrigin? OriginOf(string path)
    {
        var key = OptionName.Normalize(path).Replace('.', ':');
        while (key.Contains(':', StringComparison.Ordinal))
        {
            var below = key + ":";
            foreach (var (known, value) in _values)
            {
                var normalized = OptionName.Normalize(known);
                if (normalized.Equals(key, StringComparison.OrdinalIgnoreCase)
                    || normalized.StartsWith(below, StringComparison.OrdinalIgnoreCase))
                {
                    return value.Origin;
                }
            }

            key = key[..key.LastIndexOf(':')];
        }

        return null;
    }

    private static FlatConfig ReadFile(ConfigSchema schema, string file, Func<string, string?> environment)
    {
        try
        {
            return schema.Flatten(HoconDocument.Load(file, environment).Root);
        }
        catch (HoconException e)
        {
            return new FlatConfig(new Dictionary<string, ConfigValue>(StringComparer.Ordinal), [new ConfigProblem(string.Empty, e.Origin, e.Message)]);
        }
    }

    private static FlatConfig ReadVariables(ConfigSchema schema, string section, IDictionary variables)
    {
        var layer = new ConfigLayerBuilder(section);
        var names = variables.Keys.Cast<string>()
            .Where(static name => name.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (variables[name] is string value)
            {
                var keys = name[VariablePrefix.Length..].Split("__").Select(static key => key.Any(char.IsLower) ? key : key.ToLowerInvariant());
                layer.Add([.. keys], value, HoconOrigin.Of($"environment variable {name}"));
            }
        }

        return layer.Flatten(schema);
    }

    private static FlatConfig ReadSettings(ConfigSchema schema, string section, IReadOnlyList<string> settings)
    {
        var layer = new ConfigLayerBuilder(section);
        foreach (var setting in settings)
        {
            // The value may be a password, and is not repeated here.
            var end = setting.IndexOf('=', StringComparison.Ordinal);
            var origin = HoconOrigin.Of($"--set {(end < 0 ? setting : setting[..end])}");
            if (end <= 0)
            {
                layer.Refuse(origin, "is not KEY=VALUE; write for example --set node.urls=http://127.0.0.1:8001");
                continue;
            }

            try
            {
                var keys = HoconParser.ParsePath(setting[..end]).Keys;
                var hasSection = keys[0].Equals(section, StringComparison.OrdinalIgnoreCase);
                layer.Add([.. keys.Skip(hasSection ? 1 : 0)], setting[(end + 1)..], origin);
            }
            catch (HoconException e)
            {
                layer.Refuse(origin, $"is not a key: {e.Problem}");
            }
        }

        return layer.Flatten(schema);
    }
}
