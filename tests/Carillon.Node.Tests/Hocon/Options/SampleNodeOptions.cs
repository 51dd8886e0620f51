namespace Carillon.Node.Tests.Hocon.Options;

public sealed class SampleNodeOptions
{
    public string? Name { get; set; }

    public Uri? Urls { get; set; }

    public ICollection<string> Roles { get; } = [];

    public bool PortSearch { get; set; }

    public string ReadOnly { get; } = "not an option";
}
