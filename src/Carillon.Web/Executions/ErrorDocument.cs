namespace Carillon.Web;

/// <summary>What went wrong in an attempt.</summary>
/// <param name="Type">The exception's type, or a word such as <c>http_status</c>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Stack">Where it happened; null in lists.</param>
internal sealed record ErrorDocument(string Type, string Message, string? Stack);
