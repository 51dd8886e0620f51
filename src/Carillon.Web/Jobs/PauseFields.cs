using Carillon.Model;

namespace Carillon.Web;

/// <summary>Reads the body of a pause, of a job or of the scheduler.</summary>
internal static class PauseFields
{
    private const int MaxReasonLength = 1_000;

    /// <summary>The pause that is asked for; what is wrong is noted in <paramref name="fields"/>.</summary>
    public static Pause Read(JsonFields fields, ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var reason = fields.Text("reason") ?? $"paused by {request.CallerName}";
        if (reason.Length is 0 or > MaxReasonLength)
        {
            fields.Note($"reason has {reason.Length} characters: 1 to {MaxReasonLength} are allowed");
        }

        var until = fields.Instant("until");
        if (until <= now)
        {
            fields.Note($"until {until:O} is not in the future: it is {now:O}");
        }

        return new Pause(StoredText.Clean(reason), StoredText.Clean(request.CallerName), now, until is { } end ? Instant.Truncate(end) : null);
    }
}
