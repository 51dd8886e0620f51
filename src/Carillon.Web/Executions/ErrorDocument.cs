using Carillon.Model;

namespace Carillon.Web;

/// <summary>What went wrong in an attempt.</summary>
/// <param name="Type">The exception's type, or a word such as <c>http_status</c>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Stack">Where it happened; null in lists.</param>
internal sealed record ErrorDocument(string Type, string Message, string? Stack)
{
    /// <summary>Makes the document of an error; null when there is none.</summary>
    public static ErrorDocument? Of(AttemptError? error, bool withStack)
    {
        return error is null ? null : new ErrorDocument(error.Type, error.Message, withStack ? error.Stack : null);
    }
}
