using System.Collections;

namespace Carillon.Node.Hocon;

/// <summary>Adds variables such as <c>CARILLON__STORE__CONNECTIONSTRING</c> to a configuration.</summary>
public sealed class EnvironmentConfigurationSource : IConfigurationSource
{
    /// <summary>All variables by name; those without the prefix <c>CARILLON__</c> do not count.</summary>
    public required IDictionary Variables { get; init; }

    /// <summary>What the variables may set. Default: everything.</summary>
    public ConfigSchema Schema { get; init; } = ConfigSchema.Unchecked;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new EnvironmentConfigurationProvider(this);
}
