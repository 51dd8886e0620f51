namespace Carillon.Web;

/// <summary>The body of a pause.</summary>
/// <param name="Reason">One sentence, shown with every skipped occurrence. Default: who paused it.</param>
/// <param name="Until">When it ends by itself, in the future. Default: when somebody resumes.</param>
internal sealed record PauseRequest(string? Reason = null, DateTimeOffset? Until = null);
