using System.Collections;

namespace Carillon.Node.Hocon;

/// <summary>Adds Carillon's configuration sources.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>Adds a HOCON file. It is read when the configuration is built.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The file; messages name it as given here.</param>
    /// <param name="schema">What the file may contain; null for everything.</param>
    /// <param name="environment">
    /// Looks up substitutions that the file does not define; null for the environment of the process.
    /// </param>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder,
        string path,
        ConfigSchema? schema = null,
        Func<string, string?>? environment = null) => builder.Add(new HoconConfigurationSource
        {
            Path = path,
            Schema = schema ?? ConfigSchema.Unchecked,
            Environment = environment ?? Environment.GetEnvironmentVariable,
        });

    /// <summary>Adds the variables that begin with <c>CARILLON__</c>.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="variables">The variables, as <see cref="Environment.GetEnvironmentVariables()"/> gives.</param>
    /// <param name="schema">What the variables may set; null for everything.</param>
    public static IConfigurationBuilder AddCarillonEnvironment(
        this IConfigurationBuilder builder, IDictionary variables, ConfigSchema? schema = null) =>
        builder.Add(new EnvironmentConfigurationSource
        {
            Variables = variables,
            Schema = schema ?? ConfigSchema.Unchecked,
        });
}
