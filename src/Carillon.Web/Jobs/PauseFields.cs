using Carillon.Model;

namespace Carillon.Web;

/// <summary>Reads the body of a pause, of a job or of the scheduler.</summary>
internal static class PauseFields
{
    /// <summary>The pause that is asked for; what is wrong is noted in <paramref name="fields"/>.</summary>
    public static Pause Read(JsonFields fields, ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var reason = ReasonField.Read(fields, $"paused by {request.CallerName}");
        var until = fields.Instant("until");
        if (until <= now)
        {
            fields.Note($"until {until:O} is not in the future: it is {now:O}");
        }

        return new Pause(StoredText.Clean(reason), StoredText.Clean(request.CallerName), now, until is { } end ? Instant.Truncate(end) : null);
    }
}
