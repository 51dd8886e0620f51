using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>The keys of <c>run</c> of a declared job. They mean what <see cref="HttpRun"/> and <see cref="ClassRun"/> say.</summary>
public sealed class RunOptions
{
    /// <summary>What kind of run: <c>http</c> or <c>class</c>. Required.</summary>
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

    /// <summary><see cref="ClassRun.Class"/>.</summary>
    public string? Class { get; set; }
}
