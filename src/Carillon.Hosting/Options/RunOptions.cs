using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>
/// The keys of <c>run</c> of a declared job. They mean what <see cref="HttpRun"/>, <see cref="ProcessRun"/> and
/// <see cref="ClassRun"/> say.
/// </summary>
public sealed class RunOptions
{
    /// <summary>What kind of run: <c>http</c>, <c>process</c> or <c>class</c>. Required.</summary>
    public RunType? Type { get; set; }

    /// <summary><see cref="HttpRun.Url"/>.</summary>
    public string? Url { get; set; }

    /// <summary><see cref="HttpRun.Method"/>.</summary>
    public string Method { get; set; } = "POST";

    /// <summary><see cref="HttpRun.Headers"/>.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary><see cref="HttpRun.Body"/>.</summary>
    public string? Body { get; set; }

    /// <summary><see cref="HttpRun.Expect"/>.</summary>
    public string Expect { get; set; } = "200-299";

    /// <summary><see cref="HttpRun.Redirects"/>.</summary>
    public int Redirects { get; set; }

    /// <summary><see cref="ProcessRun.Command"/>.</summary>
    public string? Command { get; set; }

    /// <summary><see cref="ProcessRun.Args"/>.</summary>
    public IList<string> Args { get; set; } = [];

    /// <summary><see cref="ProcessRun.Env"/>.</summary>
    public IDictionary<string, string> Env { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary><see cref="ProcessRun.Directory"/>.</summary>
    public string? Directory { get; set; }

    /// <summary><see cref="ClassRun.Class"/>.</summary>
    public string? Class { get; set; }
}
