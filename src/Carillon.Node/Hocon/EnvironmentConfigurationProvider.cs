using System.Collections;
using Carillon.Node.Hocon.Resolution;
using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon;

/// <summary>
/// Environment variables as configuration keys. <c>__</c> separates the names of a path, which compare without case,
/// '-' and '_'; list elements are numbered: <c>CARILLON__NODE__ROLES__0</c>. Values are written as in HOCON, unquoted.
/// </summary>
public sealed class EnvironmentConfigurationProvider(EnvironmentConfigurationSource source) : ConfigurationProvider
{
    private const string Prefix = "CARILLON__";

    /// <summary>Takes the variables over.</summary>
    /// <exception cref="InvalidConfigException">The schema does not allow what the variables set.</exception>
    /// <exception cref="HoconException">A variable names more than 64 levels.</exception>
    public override void Load()
    {
        var root = new ObjectNode(HoconOrigin.Of("environment variables"));
        var variables = source.Variables.Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: variable.Value as string))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            if (value is not null)
            {
                var text = HoconScalar.String(value, HoconOrigin.Of($"environment variable {name}"));
                root.Assign(new HoconPath(name.Split("__")), new LiteralNode(text));
            }
        }

        Data = source.Schema.Flatten(HoconResolver.Resolve(root, _ => null)).ToData();
    }
}
