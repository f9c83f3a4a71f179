using Miru.Agent.Hosting;

return await new AgentCommandLine(ProcessEnvironment.OfThisProcess()).RunAsync(args);
