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
        var names = source.Variables.Keys.Cast<string>()
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (source.Variables[name] is string value)
            {
                var text = HoconScalar.String(value, HoconOrigin.Of($"environment variable {name}"));
                root.Assign(new HoconPath(name.Split("__")), new LiteralNode(text));
            }
        }

        Data = source.Schema.Flatten(HoconResolver.Resolve(root, _ => null)).ToData();
    }
}
