namespace Carillon.Node.Hocon;

/// <summary>Puts values that have been read from HOCON where options are bound from.</summary>
public static class ConfigValuesExtensions
{
    /// <summary>Adds a configuration provider with the values of a document, or of several layers.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="values">The values by configuration key.</param>
    public static IConfigurationBuilder AddConfigValues(
        this IConfigurationBuilder builder, IReadOnlyDictionary<string, ConfigValue> values)
    {
        return builder.AddInMemoryCollection(values.Select(static v => KeyValuePair.Create(v.Key, (string?)v.Value.Text)));
    }
}
