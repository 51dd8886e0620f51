namespace Carillon.Scheduling;

/// <summary>An HTTP job was answered with a status it does not expect.</summary>
public sealed class HttpStatusException : Exception
{
    /// <summary>Names the status and what was expected.</summary>
    public HttpStatusException(int status, string expect)
        : base($"the answer was {status}, expected was {expect}")
    {
        Status = status;
    }

    /// <summary>The status of the answer.</summary>
    public int Status { get; }
}
