namespace Carillon.Scheduling;

/// <summary>A run failed in a way that its executor has a word for.</summary>
public sealed class RunFailedException : Exception
{
    /// <summary>Names the failure.</summary>
    /// <param name="type">The word that is recorded as the type of the error, such as <c>http_status</c>.</param>
    /// <param name="message">What happened.</param>
    public RunFailedException(string type, string message)
        : base(message)
    {
        Type = type;
    }

    /// <summary>The word that is recorded as the type of the error.</summary>
    public string Type { get; }
}
