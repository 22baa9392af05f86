import { Command, CommanderError } from 'commander';
import { customerCommand } from './commands/customer';
import { doctorCommand } from './commands/doctor';
import { hierarchyCommands } from './commands/hierarchy';
import { identityCommands } from './commands/identity';
import { importCommand } from './commands/import';
import { quarantineCommands } from './commands/quarantine';
import { settingsCommands } from './commands/settings';
import { statusCommand } from './commands/status';
import { verifyCommand } from './commands/verify';
import { Context } from './context';
import { UsageError } from './usage-error';

const context = new Context();
const program = new Command('throughline')
  .description('Throughline from the terminal: ask about a customer, prove the world, correct it, bring events in')
  .showHelpAfterError('(see `npx throughline --help`)')
  .exitOverride();

customerCommand(program, context);
verifyCommand(program, context);
importCommand(program, context);
identityCommands(program, context);
hierarchyCommands(program, context);
quarantineCommands(program, context);
settingsCommands(program, context);
statusCommand(program, context);
doctorCommand(program, context);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(`This should not have happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
