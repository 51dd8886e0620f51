namespace Carillon.Model;

/// <summary>Sends one HTTP request per attempt.</summary>
public sealed record HttpRun : RunSpec
{
    /// <summary>Absolute http or https URL. Required.</summary>
    public required string Url { get; init; }

    /// <summary>The request method. Default: <c>POST</c>.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>Extra request headers. A value <c>${?NAME}</c> is taken from the worker's environment. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The request body. Default: the payload, as JSON.</summary>
    public string? Body { get; init; }

    /// <summary>Status codes that mean success: numbers and ranges, separated by commas. Default: <c>200-299</c>.</summary>
    public string Expect { get; init; } = "200-299";

    /// <summary>
    /// How many redirects are followed, one after the other. Default: 0, an answer 3xx is an answer like any other; 0 to
    /// 10. Extra headers do not go to another origin, and a request never goes from https to http.
    /// </summary>
    public int Redirects { get; init; }
}
