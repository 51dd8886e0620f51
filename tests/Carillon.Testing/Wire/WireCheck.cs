using System.Reflection;
using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>What must hold for every message that may travel.</summary>
public static class WireCheck
{
    private const int Messages = 20;
    private const long MaxBytes = 100_000_000;

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

    /// <summary>What garbled frames break at either end: an actor that fails, memory without bounds, a lane that is stuck.</summary>
    /// <param name="list">The messages.</param>
    /// <param name="others">Other lists whose messages may travel inside these.</param>
    /// <param name="prepare">Adds how values are made that cannot be made otherwise.</param>
    public static IReadOnlyList<string> Broken(WireList list, IReadOnlyList<WireList> others, Action<WireSample>? prepare = null)
    {
        var broken = new List<string>();
        for (var seed = 1; seed <= InputCount.Or(100); seed++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var echo = new WireEcho([list, .. others]);
            var sample = new WireSample(seed, echo);
            prepare?.Invoke(sample);
            var garbler = new FrameGarbler(seed);
            echo.Alter = garbler.Garble;
            for (var left = Messages; left > 0; left--)
            {
                echo.Tell(sample.Of(list.Types[sample.Random.Next(list.Types.Count)]));
            }

            echo.Alter = static frame => frame;
            echo.Pass(TimeSpan.FromSeconds(10));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (echo.Errors.Count > 0)
            {
                broken.Add($"seed {seed}: {echo.Errors[0]}");
            }
            else if (allocated > MaxBytes)
            {
                broken.Add($"seed {seed}: {allocated} bytes were allocated");
            }
            else if (!echo.HasEnded && echo.Send(sample.Of(list.Types[0])) is null)
            {
                broken.Add($"seed {seed}: nothing came any more");
            }
        }

        return broken;
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
