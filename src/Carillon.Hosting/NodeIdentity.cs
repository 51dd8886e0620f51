using System.Reflection;

namespace Carillon.Hosting;

/// <summary>Who a node is.</summary>
/// <param name="Incarnation">This life of its process; never used again.</param>
/// <param name="Name">The stable name.</param>
/// <param name="Advertise">The base URL under which others reach it.</param>
public sealed record NodeIdentity(Guid Incarnation, string Name, string Advertise)
{
    /// <summary>Works out name and address from the settings.</summary>
    /// <param name="options">Valid settings.</param>
    /// <param name="incarnation">This life of the process.</param>
    public static NodeIdentity From(NodeOptions options, Guid incarnation)
    {
        var address = options.Advertise ?? options.Urls.Split(';', StringSplitOptions.TrimEntries)[0];
        var port = new Uri(address).Port;
        return new NodeIdentity(incarnation, options.Name ?? $"{Environment.MachineName}:{port}", address);
    }

    /// <summary>The product's version.</summary>
    public static string ProductVersion { get; } =
        typeof(NodeIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
