namespace Carillon.Web;

/// <summary>An error as RFC 9457 has it, with the code and message of the envelope.</summary>
/// <param name="Title">The phrase of the status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record ProblemDocument(string Title, int Status, string Detail)
{
    /// <summary>No type says more than the status.</summary>
    public string Type { get; } = "about:blank";

    /// <summary>The HTTP status.</summary>
    public int Code => Status;

    /// <summary>What is wrong.</summary>
    public string Message => Detail;

    /// <summary>Each problem of its own, when there can be several; else null.</summary>
    public IReadOnlyList<string>? Errors { get; init; }
}
