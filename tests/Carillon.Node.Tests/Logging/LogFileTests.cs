using System.Globalization;
using Carillon.Actors;
using Carillon.Node.Logging;

namespace Carillon.Node.Tests;

/// <summary>How a log file grows, and what becomes of lines that it cannot take.</summary>
public sealed class LogFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly string[] Ends = [".2", ".1", ""];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("carillon-log-");
    private readonly VirtualTimeProvider _time = new(DateTimeOffset.UnixEpoch, dispatcher: null);

    private string Path => System.IO.Path.Combine(_directory.FullName, "node.log");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Full_file_is_followed_by_another_and_the_oldest_is_removed()
    {
        using (var file = Open(new LogFileLimits(1_000, 3), TextWriter.Null))
        {
            for (var i = 0; i < 500; i++)
            {
                file.Add(Line(i));
            }
        }

        Assert.Equal(["node.log", "node.log.1", "node.log.2"], _directory.GetFiles().Select(static f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(_directory.GetFiles(), static f => Assert.InRange(f.Length, 1, 1_000));
        var kept = Ends.SelectMany(end => File.ReadAllLines(Path + end)).ToArray();
        Assert.Equal(Enumerable.Range(500 - kept.Length, kept.Length).Select(Line), kept);
        Assert.InRange(kept.Length, 200, 300);
    }

    [Fact]
    public void Lines_of_an_earlier_process_stay()
    {
        for (var life = 0; life < 2; life++)
        {
            using var file = Open(new LogFileLimits(1_000, 2), TextWriter.Null);
            file.Add(Line(life));
        }

        Assert.Equal([Line(0), Line(1)], File.ReadAllLines(Path));
    }

    [Fact]
    public async Task Lines_that_cannot_be_written_are_counted_and_told()
    {
        var errors = new Told();
        var obstacle = Directory.CreateDirectory(Path + ".1");
        using (var file = Open(new LogFileLimits(10, 2), errors))
        {
            file.Add(Line(0));
            file.Add(Line(1));
            await errors.First.Task.WaitAsync(Limit);
            obstacle.Delete();
            _time.Advance(TimeSpan.FromSeconds(2));
            file.Add(Line(2));
        }

        Assert.Equal("1 lost\n", await File.ReadAllTextAsync(Path + ".1"));
        Assert.Equal(Line(2) + "\n", await File.ReadAllTextAsync(Path));
        Assert.Contains("cannot be written", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_a_file_that_hangs()
    {
        using var errors = new Told(isStuck: true);
        Directory.CreateDirectory(Path + ".1");
        using (var file = Open(new LogFileLimits(10, 2, QueuedLines: 5), errors))
        {
            file.Add(Line(0));
            file.Add(Line(1));
            await errors.First.Task.WaitAsync(Limit);
            for (var i = 0; i < 100; i++)
            {
                file.Add(Line(i));
            }

            Directory.Delete(Path + ".1");
            _time.Advance(TimeSpan.FromSeconds(2));
            errors.Release();
        }

        // Of 100 lines five waited and were written when it went on; each begins a file, and two are kept.
        Assert.Equal(Line(3) + "\n", await File.ReadAllTextAsync(Path + ".1"));
        Assert.Equal(Line(4) + "\n", await File.ReadAllTextAsync(Path));
    }

    private LogFile Open(LogFileLimits limits, TextWriter errors)
    {
        return new LogFile(Path, limits, static lost => $"{lost} lost", errors, _time);
    }

    private static string Line(int number)
    {
        return string.Create(CultureInfo.InvariantCulture, $"line {number:0000}");
    }

    private sealed class Told(bool isStuck = false) : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly ManualResetEventSlim _released = new(!isStuck);

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release()
        {
            _released.Set();
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            First.TrySetResult();
            _released.Wait(Limit);
        }

        protected override void Dispose(bool disposing)
        {
            _released.Dispose();
            base.Dispose(disposing);
        }
    }
}
