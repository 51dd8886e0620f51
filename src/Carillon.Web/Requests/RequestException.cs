namespace Carillon.Web;

/// <summary>A request cannot be answered as it was asked. Thrown by handlers, written as a problem document.</summary>
internal sealed class RequestException : Exception
{
    /// <summary>Refuses a request.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">One sentence: the field, the value, and what is allowed.</param>
    public RequestException(int status, string message)
        : base(message)
    {
        Status = status;
    }

    /// <summary>Refuses a request for several reasons.</summary>
    public RequestException(int status, IReadOnlyList<string> errors)
        : this(status, string.Join("; ", errors))
    {
        Errors = errors;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Each reason, when there can be several.</summary>
    public IReadOnlyList<string>? Errors { get; }

    /// <summary>400.</summary>
    public static RequestException Bad(string message)
    {
        return new RequestException(400, message);
    }

    /// <summary>404.</summary>
    public static RequestException NotFound(string message)
    {
        return new RequestException(404, message);
    }
}
