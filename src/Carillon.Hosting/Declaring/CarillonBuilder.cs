using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Hosting;

/// <summary>Declares jobs in code and adjusts settings: what <c>AddCarillon</c> hands to the host.</summary>
public sealed class CarillonBuilder
{
    private readonly List<JobDefinition> _jobs = [];
    private readonly List<OptionsProblem> _problems = [];
    private readonly List<Action<CarillonOptions>> _settings = [];

    internal JobClasses Classes { get; } = new();

    internal IReadOnlyList<JobDefinition> Jobs => _jobs;

    /// <summary>What is wrong with code that was declared; each problem names its place.</summary>
    internal IReadOnlyList<OptionsProblem> Problems => _problems;

    /// <summary>Changes settings after configuration has been read.</summary>
    public CarillonBuilder Configure(Action<CarillonOptions> configure)
    {
        _settings.Add(configure);
        return this;
    }

    /// <summary>Declares a job that runs a class. Each attempt gets its own instance, made from the services of the host.</summary>
    /// <typeparam name="TJob">The class.</typeparam>
    /// <param name="id">The job's id.</param>
    /// <param name="configure">When it runs, and what happens when it cannot.</param>
    public CarillonBuilder AddJob<TJob>(string id, Action<JobBuilder> configure)
        where TJob : class, IJob
    {
        Classes.Add<TJob>(id);
        return Declare(id, new ClassRun { Class = id }, configure);
    }

    /// <summary>Declares a job that runs a function.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="execute">The function.</param>
    /// <param name="configure">When it runs, and what happens when it cannot.</param>
    public CarillonBuilder AddJob(string id, Func<JobContext, CancellationToken, Task> execute, Action<JobBuilder> configure)
    {
        Classes.Add(id, execute);
        return Declare(id, new ClassRun { Class = id }, configure);
    }

    /// <summary>Declares a job that runs a function with a service of the host.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="id">The job's id.</param>
    /// <param name="execute">The function.</param>
    /// <param name="configure">When it runs, and what happens when it cannot.</param>
    [SuppressMessage("Design", "CA1062", Justification = "Checked by the call it wraps.")]
    public CarillonBuilder AddJob<TService>(string id, Func<TService, JobContext, CancellationToken, Task> execute, Action<JobBuilder> configure)
        where TService : notnull
    {
        return AddJob(
            id,
            (context, cancellationToken) => execute(Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<TService>(context.Services), context, cancellationToken),
            configure);
    }

    /// <summary>Declares a job that sends requests or starts processes.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="run">What it runs: an <see cref="HttpRun"/>, a <see cref="ProcessRun"/>, or a registered class.</param>
    /// <param name="configure">When it runs, and what happens when it cannot.</param>
    public CarillonBuilder AddJob(string id, RunSpec run, Action<JobBuilder> configure)
    {
        return Declare(id, run, configure);
    }

    /// <summary>
    /// Declares a job for every class and method of an assembly that carries <see cref="CronAttribute"/>,
    /// <see cref="IntervalAttribute"/> or <see cref="OnceAttribute"/>.
    /// </summary>
    /// <param name="assembly">The assembly. Default: the one that calls.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public CarillonBuilder AddJobsFromAssembly(Assembly? assembly = null)
    {
        return AddJobs((assembly ?? Assembly.GetCallingAssembly()).GetTypes());
    }

    /// <summary>Declares a job for every class and method of some types that carries a schedule.</summary>
    internal CarillonBuilder AddJobs(params IEnumerable<Type> types)
    {
        foreach (var job in AttributeJob.Of(types))
        {
            var problems = ProblemsOf(job);
            _problems.AddRange(problems.Select(problem => new OptionsProblem(job.Place, $"{job.Place}: {problem}")));
            if (problems.Count == 0)
            {
                job.Register(Classes);
                _jobs.Add(job.Definition());
            }
        }

        return this;
    }

    /// <summary>Registers code that jobs of type <c>class</c> can name, without declaring a job.</summary>
    /// <param name="name">The name that <c>run.class</c> calls it by.</param>
    /// <param name="execute">The function.</param>
    public CarillonBuilder AddClass(string name, Func<JobContext, CancellationToken, Task> execute)
    {
        Classes.Add(name, execute);
        return this;
    }

    internal void Apply(CarillonOptions options)
    {
        foreach (var change in _settings)
        {
            change(options);
        }
    }

    private IReadOnlyList<string> ProblemsOf(AttributeJob job)
    {
        if (job.Problem() is { } problem)
        {
            return [problem];
        }

        if (Classes.Find(job.Id) is not null)
        {
            return [$"id '{job.Id}' is taken by another job: every job needs an id of its own"];
        }

        try
        {
            return JobValidator.Validate(job.Definition());
        }
        catch (FormatException error)
        {
            return [error.Message];
        }
    }

    private CarillonBuilder Declare(string id, RunSpec run, Action<JobBuilder> configure)
    {
        var builder = new JobBuilder(id, run);
        configure(builder);
        _jobs.Add(builder.Build());
        return this;
    }
}
