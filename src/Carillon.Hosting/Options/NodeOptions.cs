namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.node</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>The stable name, unique in the cluster; 1 to 200 characters. Default: host name and port.</summary>
    public string? Name { get; set; }

    /// <summary>Where it listens: one or more http or https URLs, separated by semicolons. Default: <c>http://127.0.0.1:8000</c>.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8000";

    /// <summary>The base URL under which others reach it. Default: <see cref="Urls"/>, where that is one concrete address; required otherwise.</summary>
    public string? Advertise { get; set; }

    /// <summary>What it can do, for jobs that ask for roles. Default: none.</summary>
    public IList<string> Roles { get; set; } = [];

    /// <summary>Where its files are. Default: <c>data</c>.</summary>
    public string DataDir { get; set; } = "data";

    /// <summary>Whether a port that is taken is replaced by the next free one. Default: false.</summary>
    public bool PortSearch { get; set; }
}
