using System.Reflection;
using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>What must hold for every message that may travel.</summary>
public static class WireCheck
{
    /// <summary>The messages of a list that do not come back as they went, some values of each.</summary>
    /// <param name="list">The messages.</param>
    /// <param name="others">Other lists whose messages may travel inside these.</param>
    /// <param name="prepare">Adds how values are made that cannot be made otherwise.</param>
    public static IReadOnlyList<string> Changed(WireList list, IReadOnlyList<WireList> others, Action<WireSample>? prepare = null)
    {
        var echo = new WireEcho([list, .. others]);
        var sample = new WireSample(1, echo);
        prepare?.Invoke(sample);
        var changed = new List<string>();
        for (var round = InputCount.Or(20); round > 0; round--)
        {
            foreach (var type in list.Types)
            {
                var message = sample.Of(type);
                var before = WireText.Of(message);
                var after = WireText.Of(echo.Send(message));
                if (!string.Equals(before, after, StringComparison.Ordinal))
                {
                    changed.Add($"went: {before}{Environment.NewLine}came: {after}");
                }
            }
        }

        return changed;
    }

    /// <summary>The replies that messages of a list ask for and that may not travel.</summary>
    public static IReadOnlyList<string> MissingReplies(WireList list)
    {
        return
        [
            .. list.Types.SelectMany(static type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
                .Select(static property => property.PropertyType)
                .Where(static type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IActorRef<>))
                .Select(static type => type.GenericTypeArguments[0])
                .Where(reply => reply != typeof(object) && !list.Types.Contains(reply))
                .Select(static reply => reply.Name),
        ];
    }
}
