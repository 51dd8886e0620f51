namespace Carillon.Model;

/// <summary>What went wrong in an attempt. The parts are cut to bounds and cleaned for the store when made.</summary>
public sealed record AttemptError
{
    private const int MaxTypeLength = 200;
    private const int MaxMessageLength = 4_000;
    private const int MaxStackLength = 16_000;

    /// <summary>Makes an error whose parts the store accepts.</summary>
    /// <param name="type">The exception's type, or a word such as <c>http_status</c>. Cut to 200 characters.</param>
    /// <param name="message">One sentence. Cut to 4,000 characters.</param>
    /// <param name="stack">Where it happened, or null. Cut to 16,000 characters.</param>
    public AttemptError(string type, string message, string? stack = null)
    {
        Type = StoredText.Clean(type, MaxTypeLength);
        Message = StoredText.Clean(message, MaxMessageLength);
        Stack = stack is null ? null : StoredText.Clean(stack, MaxStackLength);
    }

    /// <summary>The exception's type, or a word such as <c>http_status</c>.</summary>
    public string Type { get; }

    /// <summary>One sentence.</summary>
    public string Message { get; }

    /// <summary>Where it happened, or null.</summary>
    public string? Stack { get; }

    /// <summary>The error that an exception tells of.</summary>
    public static AttemptError From(Exception exception)
    {
        return new AttemptError(exception.GetType().FullName ?? exception.GetType().Name, exception.Message, exception.StackTrace);
    }
}
