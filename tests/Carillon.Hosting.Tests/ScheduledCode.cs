using Carillon.Model;

namespace Carillon.Hosting.Tests;

/// <summary>Code with schedules of its own, right and wrong.</summary>
internal static class ScheduledCode
{
    public static readonly Type[] Right = [typeof(TickTock), typeof(Chores)];

    [Interval(0.05, Category = "samples", Owner = "me")]
    internal sealed class TickTock(Ledger ledger) : IJob
    {
        public Task ExecuteAsync(JobContext context, CancellationToken cancellationToken)
        {
            return ledger.NoteAsync(context);
        }
    }

    internal sealed class Chores(Ledger owned) : IAsyncDisposable
    {
        private JobContext? _context;

        [Interval(0.05)]
        public Task NoteAsync(JobContext context)
        {
            return owned.NoteAsync(context);
        }

        [Interval(0.05)]
        public static ValueTask Sweep(Ledger ledger, JobContext context, CancellationToken cancellationToken)
        {
            return new ValueTask(cancellationToken.CanBeCanceled ? ledger.NoteAsync(context) : Task.CompletedTask);
        }

        [Interval(0.05, Id = "disposed")]
        internal void RememberUntilDisposed(JobContext context)
        {
            _context = context;
        }

        [Cron("0 2 * * *", TimeZone = "Europe/Berlin")]
        internal static void Nightly()
        {
        }

        [Once("2027-01-01T00:00:00Z")]
        internal static void NewYear()
        {
        }

        public async ValueTask DisposeAsync()
        {
            if (_context is { } context)
            {
                await owned.NoteAsync(context);
            }
        }
    }

    [Cron("* * * * *")]
    internal abstract class Abstract : IJob
    {
        public abstract Task ExecuteAsync(JobContext context, CancellationToken cancellationToken);
    }

    internal static class Wrong
    {
        [Cron("61 * * * *")]
        internal static void BadCron()
        {
        }

        [Interval(0)]
        internal static void BadInterval()
        {
        }

        [Once("tomorrow")]
        internal static void BadInstant()
        {
        }

        [Interval(1)]
        internal static void BadParameter(int count)
        {
        }

        [Interval(1)]
        internal static int BadReturn()
        {
            return 1;
        }

        [Interval(1)]
        internal static void Generic<T>(T service)
        {
        }

        [Interval(1), Cron("* * * * *")]
        internal static void Several()
        {
        }

        [Interval(1, Id = "tick-tock")]
        internal static void Taken()
        {
        }

        [Interval(1, Id = "not an id")]
        internal static void BadId()
        {
        }
    }

    [Interval(1)]
    internal sealed class NoJob;
}
