using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Scheduling;

/// <summary>The code that jobs of type <c>class</c> can run, by the name they call it.</summary>
public sealed class JobClasses
{
    private readonly Dictionary<string, Func<JobContext, CancellationToken, Task>> _classes = new(StringComparer.Ordinal);

    /// <summary>The registered names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _classes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Registers a job class; each attempt gets its own instance, made from the attempt's services.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add<TJob>(string name)
        where TJob : class, IJob
    {
        Add(
            name,
            typeof(TJob),
            static (job, context, cancellationToken) => ((IJob)job).ExecuteAsync(context, cancellationToken));
    }

    /// <summary>
    /// Registers something that is done with an instance of a type: a service, or made and disposed for each attempt.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type; its constructor may ask for services.</param>
    /// <param name="execute">What is done.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Type type, Func<object, JobContext, CancellationToken, Task> execute)
    {
        Add(name, async (context, cancellationToken) =>
        {
            if (context.Services.GetService(type) is { } service)
            {
                await execute(service, context, cancellationToken);
                return;
            }

            var own = ActivatorUtilities.CreateInstance(context.Services, type);
            try
            {
                await execute(own, context, cancellationToken);
            }
            finally
            {
                await DisposeAsync(own);
            }
        });
    }

    /// <summary>Registers a function.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<JobContext, CancellationToken, Task> execute)
    {
        if (!_classes.TryAdd(name, execute))
        {
            throw new ArgumentException($"class '{name}' is registered twice: every job class needs a name of its own", nameof(name));
        }
    }

    /// <summary>The code registered under <paramref name="name"/>, or null.</summary>
    public Func<JobContext, CancellationToken, Task>? Find(string name)
    {
        return _classes.GetValueOrDefault(name);
    }

    private static async ValueTask DisposeAsync(object instance)
    {
        switch (instance)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
