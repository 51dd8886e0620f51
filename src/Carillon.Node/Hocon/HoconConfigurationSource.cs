namespace Carillon.Node.Hocon;

/// <summary>Adds a HOCON file to a configuration.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>The file; messages name it as given here.</summary>
    public required string Path { get; init; }

    /// <summary>What the file may contain. Default: everything.</summary>
    public ConfigSchema Schema { get; init; } = ConfigSchema.Unchecked;

    /// <summary>Looks up substitutions that the file does not define. Default: the process environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(this);
}
