namespace Carillon.Actors;

/// <summary>
/// No reply came in time. Whether the request was handled is unknown: asking again may do the work twice.
/// </summary>
public sealed class AskTimeoutException : TimeoutException
{
    internal AskTimeoutException(string path, TimeSpan timeout)
        : base($"'{path}' did not reply within {timeout}; whether it handled the request is unknown.")
    {
    }
}
